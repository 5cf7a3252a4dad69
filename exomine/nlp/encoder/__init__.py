"""The component ``encoder``: sentences, tags, trees and entities from the shipped network."""

#!/bin/bash
# Papers on several machines under Slurm: a Dask scheduler, a worker a task, and the command itself, in one job.
#   sbatch scripts/cluster/slurm.sh PAPERS OUT CACHE
# PAPERS, OUT and CACHE are folders that all machines see. exomine with the extra `dask` is in VENV (default: .venv).
# A job that ran out of time is submitted again: it goes on with the papers that are not done.
#SBATCH --job-name=exomine
#SBATCH --ntasks=16
#SBATCH --cpus-per-task=4
#SBATCH --mem-per-cpu=2G
#SBATCH --time=12:00:00
#SBATCH --requeue
set -euo pipefail

papers=${1:?a folder of papers}
out=${2:?a folder for the tables}
cache=${3:?a folder for the cache}
bin=${VENV:-.venv}/bin
port=${PORT:-8786}
threads=${SLURM_CPUS_PER_TASK:-1}
host=$(hostname)

"$bin/dask" scheduler --port "$port" --no-dashboard &
scheduler=$!
trap 'kill "$scheduler" 2>/dev/null || true' EXIT

srun --ntasks="${SLURM_NTASKS:-1}" --cpus-per-task="$threads" --kill-on-bad-exit=0 \
    "$bin/dask" worker "tcp://$host:$port" --nthreads "$threads" --no-dashboard --death-timeout 120 &

"$bin/exomine" extract "$papers" --out "$out" --cache "$cache" --engine dask --scheduler "tcp://$host:$port" --partition

"""The jobs: `nightly` is the whole graph, `land_force` lands one force's files, `retrain` fits again.

Not here: when they run (schedules).
"""

import dagster as dg

nightly = dg.define_asset_job(
    "nightly", selection=dg.AssetSelection.all() - dg.AssetSelection.groups("train"),
    description="land → stage → conflate → score → profile → publish, for every force.",
)  # fmt: skip

land_force = dg.define_asset_job(
    "land_force", selection=dg.AssetSelection.groups("land"),
    description="Land one force's deliveries now; tonight's packs will carry them. Config: land.only_force.",
)  # fmt: skip

retrain = dg.define_asset_job(
    "retrain", selection=dg.AssetSelection.groups("train"), description="Fit again what nights take as given."
)

JOBS = (nightly, land_force, retrain)

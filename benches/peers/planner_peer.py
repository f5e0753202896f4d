"""One instance of format 1 by a general solver: planner_peer.py cpsat|highs INSTANCE SECONDS; or a plan of it read by
somebody else: planner_peer.py check INSTANCE PLAN.

The time-indexed model: a yes or no for every place of every pair, exactly one or none for each pair, at most one for every
quarter hour of everybody in each week. Prints one line of JSON; the seconds leave out reading the file. The two solvers
cannot be imported by one process.
"""

import json
import sys
import time


def rows(instance):
    """Columns (cost), one row of columns for each pair, and rows of which at most so many may be chosen."""
    costs, pairs, slots, days = [], [], {}, {}
    degree = {}
    for pair in instance["pairs"]:
        for person in (pair["m"], pair["r"]):
            degree[person] = degree.get(person, 0) + 1
    for pair in instance["pairs"]:
        mine = []
        for start, weeks, cost in pair["opts"]:
            column = len(costs)
            costs.append(cost)
            mine.append(column)
            for person in (pair["m"], pair["r"]):
                if degree[person] == 1:
                    continue
                end = start + pair["dur"] + instance["people"][person]["buf"]
                for week in (1, 2):
                    if weeks & week:
                        for slot in range(start, end):
                            slots.setdefault((person, slot, week), []).append(column)
            if "cap_per_day" in instance:
                days.setdefault((start + instance["mtz"]) // 96, []).append(column)
        mine.append(len(costs))
        costs.append(pair["drop"])
        pairs.append(mine)
    most = [(row, 1) for row in slots.values() if len(row) > 1]
    most += [(row, instance["cap_per_day"]) for row in days.values()]
    return costs, pairs, most


def cpsat(instance, seconds):
    from ortools.sat.python import cp_model

    begin = time.perf_counter()
    costs, pairs, most = rows(instance)
    model = cp_model.CpModel()
    chosen = [model.new_bool_var("") for _ in costs]
    for row in pairs:
        model.add_exactly_one(chosen[column] for column in row)
    for row, limit in most:
        if limit == 1:
            model.add_at_most_one(chosen[column] for column in row)
        else:
            model.add(sum(chosen[column] for column in row) <= limit)
    model.minimize(cp_model.LinearExpr.weighted_sum(chosen, costs))
    built = time.perf_counter()
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    status = solver.status_name(solver.solve(model))
    found = status in ("OPTIMAL", "FEASIBLE")
    return built - begin, time.perf_counter() - built, status, solver.objective_value if found else None


def highs(instance, seconds):
    import highspy
    import numpy

    begin = time.perf_counter()
    costs, pairs, most = rows(instance)
    lower = [1.0] * len(pairs) + [0.0] * len(most)
    upper = [1.0] * len(pairs) + [float(limit) for _, limit in most]
    all_rows = pairs + [row for row, _ in most]
    starts = numpy.cumsum([0] + [len(row) for row in all_rows])
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(costs), len(all_rows)
    lp.col_cost_ = numpy.array(costs, dtype=numpy.double)
    lp.col_lower_, lp.col_upper_ = numpy.zeros(len(costs)), numpy.ones(len(costs))
    lp.row_lower_, lp.row_upper_ = numpy.array(lower), numpy.array(upper)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = starts.astype(numpy.int32)
    lp.a_matrix_.index_ = numpy.concatenate([numpy.array(row, dtype=numpy.int32) for row in all_rows])
    lp.a_matrix_.value_ = numpy.ones(int(starts[-1]))
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(costs)
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("time_limit", float(seconds))
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.passModel(lp)
    built = time.perf_counter()
    solver.run()
    status = solver.modelStatusToString(solver.getModelStatus()).upper()
    info = solver.getInfo()
    found = info.primal_solution_status == 2
    return built - begin, time.perf_counter() - built, status, info.objective_function_value if found else None


def check(instance, plan):
    """What is wrong with a plan, or None. Written from the description of the format, not from the planner's own checker."""
    chosen = {choice["pair"]: choice for choice in plan["choices"]}
    if sorted(chosen) != sorted(pair["id"] for pair in instance["pairs"]):
        return "other pairs"
    taken, days, cost, moved, dropped = set(), {}, 0, 0, 0
    for pair in instance["pairs"]:
        choice = chosen[pair["id"]]
        if choice.get("dropped"):
            cost, dropped = cost + pair["drop"], dropped + 1
            continue
        start, weeks = choice["start"], choice["parity"]
        costs = [option[2] for option in pair["opts"] if option[:2] == [start, weeks]]
        if not costs:
            return f"pair {pair['id']} is where it may not be"
        cost += min(costs)
        if pair["cur"] is not None:
            same_weeks = instance["kind"] != "org" or pair["curpar"] == weeks
            moved += not (pair["cur"] == start and same_weeks)
        for person in (pair["m"], pair["r"]):
            for slot in range(start, start + pair["dur"] + instance["people"][person]["buf"]):
                for week in (1, 2):
                    if weeks & week:
                        if (person, slot, week) in taken:
                            return f"person {person} is at two places at {slot}"
                        taken.add((person, slot, week))
        if "cap_per_day" in instance:
            day = (start + instance["mtz"]) // 96
            days[day] = days.get(day, 0) + 1
            if days[day] > instance["cap_per_day"]:
                return f"day {day} is too full"
    found = {"objective": cost, "moved": moved, "dropped": dropped}
    said = {name: plan[name] for name in found}
    return None if found == said else f"{said} is {found}"


if __name__ == "__main__":
    solver, path, limit = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        read = json.load(file)
    if solver == "check":
        with open(limit, encoding="utf-8") as file:
            print(json.dumps({"wrong": check(read, json.load(file))}))
        sys.exit()
    build, solve, status, objective = (cpsat if solver == "cpsat" else highs)(read, float(limit))
    print(json.dumps({"build": build, "solve": solve, "status": status,
                      "objective": None if objective is None else round(objective)}))

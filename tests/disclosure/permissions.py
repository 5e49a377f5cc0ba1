"""The lines of the register and of the desk for requests: the authority's own people, and nobody else."""

from tests.permission_lines import NOBODY, REGION, Line, staff

DISCLOSURE: dict[str, Line] = {
    **{
        f"disclosure.{name}": staff("may_read_register", {"request": REGION}, {"request": REGION})
        for name in ("choose", "decide")
    },
    **{
        f"disclosure.{name}": staff("may_read_register", {}, {"request": REGION})
        for name in (
            "answered",
            "appeal_corrected",
            "appealed",
            "not_appealed",
            "not_settled",
            "number_request",
            "settled",
            "taken_back",
        )  # fmt: skip
    },
    **{
        f"disclosure.{name}": staff("may_read_register", {"covered": REGION}, {"covered": REGION})
        for name in ("review_record_page", "mark_page")
    },
    "disclosure.decision_on_paper": staff("may_read_register", {"request": NOBODY, "decided_request": REGION}),
    "disclosure.handed_out": staff("may_read_register", {"covered": REGION}),
    "disclosure.page_to_mark": staff("may_read_register", {"covered": REGION}),
    "disclosure.new_request": staff("may_read_register", {"none": REGION}, {"none": REGION}),
    "disclosure.request_page": staff("may_read_register", {"request": REGION}),
    "disclosure.requests": staff("may_read_register", {"none": REGION}),
    "disclosure.diary": staff("may_read_register", {"closed": REGION}, {"closed": REGION}),
    "disclosure.case_minutes": staff("may_read_register", {"case_record": REGION}),
    "disclosure.numbered": staff("may_read_register", {"entry": REGION}),
    "disclosure.numbered_page": staff("may_read_register", {"entry": REGION}),
    "disclosure.record": staff("may_read_register", {"clear": REGION}),
    "disclosure.record_page": staff("may_read_register", {"clear": REGION}),
    "disclosure.register": staff("may_read_register", {"none": REGION}),
    "disclosure.taken": staff("may_read_register", {"none": REGION}),
}

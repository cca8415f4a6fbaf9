"""What axe-core is asked in a page."""

#: Of all rules, or those about colours, but those of level AAA, and old ones that others replaced.
RUN = """async ([part, tags]) => {
    const apart = (tag) => tag.includes("aaa") || tag === "deprecated";
    const rules = axe.getRules(tags).filter((rule) => !rule.tags.some(apart));
    const values = rules.map((rule) => rule.ruleId);
    const options = {resultTypes: ["violations"], preload: false, runOnly: {type: "rule", values}};
    const {violations, passes} = await axe.run(part, options);
    return {
        faults: violations.flatMap(({id, nodes}) => nodes.map(({html, failureSummary}) =>
            `${id}: ${html.slice(0, 120)}: ${failureSummary}`)),
        passed: passes.map(({id}) => id),
    };
}"""

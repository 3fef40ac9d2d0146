namespace ChatOps.Tools.Reports;

internal sealed partial class ReportTool
{
    public static readonly ToolManifest Definition = new("report", "reports", "What happened and what is getting worse: findings, failures, trends, approvals, costs, causes and suggestions. Kept in workspace/reports.", ["report"],
    [
        new("name", ParameterKind.Choice, "Of the last day, or of the last week.", Default: "daily", Position: 0, Choices: ["daily", "weekly"]),
    ])
    {
        OnlyReads = true,
        ReadsOutside = true,
        Examples = ["report", "report weekly"],
    };
}

namespace ChatOps.Tools.Logs;

internal sealed partial class LogsTool
{
    public static readonly ToolManifest Definition = new("logs", "machines", "Show the log of a service or of a file on nodes, and follow it for a while.", ["logs"],
    [
        new("unit", ParameterKind.Text, "The service whose journal is meant (journalctl); or name a --file.", Position: 0),
        new("on", ParameterKind.Selector, "Which nodes: a name (local), labels (env=prod,role=web) or all.", Required: true),
        new("file", ParameterKind.Text, "A log file instead, as an absolute path."),
        new("lines", ParameterKind.Number, "The newest lines, so many at most (1 to 10000).", Default: "100"),
        new("since", ParameterKind.Duration, "Only what is newer than this (for example 15m); of a service, not of a file."),
        new("grep", ParameterKind.Text, "Only lines that match this regular expression."),
        new("follow", ParameterKind.Duration, "Go on showing what comes, for this time (at most 10m)."),
    ])
    { OnlyReads = true, TargetParameter = "on", ReadsOutside = true, IsJob = true, Examples = ["logs nginx --on role=web --since 15m --grep error", "logs --file /var/log/syslog --on local --lines 50", "logs ssh --on web-1 --follow 30s"] };
}

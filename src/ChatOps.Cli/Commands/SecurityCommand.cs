using System.CommandLine;
using ChatOps.Cli.Doctor;
using ChatOps.Cli.Security;
using ChatOps.Cli.Terminal;
using ChatOps.Tools;

namespace ChatOps.Cli.Commands;

/// <summary><c>chatops security audit</c>: what weakens this installation. It changes nothing.</summary>
internal static class SecurityCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CliContext context)
    {
        var audit = new Command("audit", "Find what weakens this installation: each with a stable id, how much it matters, and what to do. Exit code 1 when there is a warning or worse.");
        audit.SetAction((result, cancellationToken) => RunAsync(context, context.Global(result), cancellationToken));
        return new Command("security", "How safe this installation is.") { audit };
    }

    private static async Task<int> RunAsync(CliContext context, GlobalValues global, CancellationToken cancellationToken)
    {
        if (global.Gateway is not null) throw new CliFailureException(ExitCodes.Usage, "usage", "security audit looks at this machine's installation; it cannot look at another one with --gateway.");
        var findings = new List<SecurityFinding>();
        await foreach (var finding in LookAsync(global, cancellationToken))
        {
            findings.Add(finding);
            if (!global.Json) Print(context, finding);
        }

        var open = findings.Count(f => f.Severity >= Severity.Warning);
        if (global.Json) context.Streams.Output.WriteLine(Json.Write(findings.Select(f => new { id = f.Id, severity = f.Severity, text = f.Text, remedy = f.Remedy })));
        else context.Streams.Output.WriteLine(open == 0 ? "Nothing weakens it that this looks for." : $"{open} to mend.");
        return open == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static async IAsyncEnumerable<SecurityFinding> LookAsync(GlobalValues global, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (patient, problems) = Patient.Load(global);
        foreach (var problem in problems) yield return new(SecurityChecks.Settings, Severity.Critical, problem.ToString(), "Correct it; nothing else was looked at.");
        if (patient is null) yield break;
        foreach (var check in SecurityChecks.All(TimeProvider.System))
        {
            await foreach (var finding in check.LookAsync(patient, cancellationToken))
                yield return check.Ids.Contains(finding.Id) ? finding : throw new InvalidOperationException($"{finding.Id} is no id of {check.GetType().Name}.");
        }
    }

    private static void Print(CliContext context, SecurityFinding finding)
    {
        var printer = new MessagePrinter(context.Streams);
        var style = finding.Severity switch { Severity.Critical => "red", Severity.Warning => "yellow", _ => "" };
        printer.Line($"{finding.Severity.ToString().ToLowerInvariant(),-9} {finding.Id,-26} {finding.Text}", style);
        if (finding.Severity != Severity.Ok && finding.Remedy.Length > 0) printer.Line($"{"",-9} {"",-26} → {finding.Remedy}");
    }
}

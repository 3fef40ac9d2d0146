using System.CommandLine;
using ChatOps.Cli.Doctor;
using ChatOps.Cli.Terminal;
using ChatOps.Diagnostics;
using ChatOps.Tools;

namespace ChatOps.Cli.Commands;

/// <summary><c>chatops doctor</c>: finds what would fail or leak, and mends what a program may mend.</summary>
internal static class DoctorCommand
{
    private static readonly IReadOnlyList<IExamination> Examinations =
        [new DataDirectoryExamination(), new WorkspaceExamination(), new ListenerExamination(TimeProvider.System), new ChannelsExamination(), new ModelsExamination(), new OutsideServersExamination(), new PicturesExamination(), new GatewayExamination()];

    /// <summary>Makes the command.</summary>
    public static Command Create(CliContext context)
    {
        var fix = new Option<bool>("--fix") { Description = "Mend what can be mended without a decision of yours: permissions, leftovers." };
        var command = new Command("doctor", "Find what would fail or leak: each with a stable id, what is so, and what to do.") { fix };
        command.SetAction((result, cancellationToken) => RunAsync(context, context.Global(result), result.GetValue(fix), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, GlobalValues global, bool fix, CancellationToken cancellationToken)
    {
        if (global.Gateway is not null) throw new CliFailureException(ExitCodes.Usage, "usage", "doctor looks at this machine's installation; it cannot look at another one with --gateway.");
        var findings = new List<(Finding Finding, bool Mended)>();
        await foreach (var finding in LookAsync(global, cancellationToken))
        {
            var mended = fix && TryFix(finding, context);
            findings.Add((finding, mended));
            if (!global.Json) Print(context, finding, mended);
        }

        if (global.Json)
        {
            context.Streams.Output.WriteLine(Json.Write(findings.Select(f => new { id = f.Finding.Id, state = f.Finding.State, text = f.Finding.Text, remedy = f.Finding.Remedy, fixable = f.Finding.Fix is not null, mended = f.Mended })));
        }
        else
        {
            var open = findings.Where(f => f.Finding.State != PartState.Ok && !f.Mended).ToList();
            var mendable = open.Count(f => f.Finding.Fix is not null);
            context.Streams.Output.WriteLine(open.Count == 0 ? "Nothing is wrong." : $"{open.Count} to look at." + (mendable > 0 && !fix ? $" `chatops doctor --fix` mends {mendable} of them." : ""));
        }

        return findings.Any(f => f.Finding.State == PartState.Failed && !f.Mended) ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static async IAsyncEnumerable<Finding> LookAsync(GlobalValues global, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (patient, problems) = Patient.Load(global);
        foreach (var problem in problems) yield return new("settings.invalid", PartState.Failed, problem.ToString(), "Correct it; `chatops config check` looks again.");
        if (patient is null) yield break;
        yield return new("settings.sound", PartState.Ok, $"{patient.Settings.Effective.Count} settings hold together.");
        foreach (var examination in Examinations)
        {
            await foreach (var finding in examination.LookAsync(patient, cancellationToken)) yield return finding;
        }
    }

    private static bool TryFix(Finding finding, CliContext context)
    {
        if (finding.Fix is not { } fix || finding.State == PartState.Ok) return false;
        try
        {
            fix();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            context.Say($"{finding.Id} could not be mended: {e.Message}");
            return false;
        }
    }

    private static void Print(CliContext context, Finding finding, bool mended)
    {
        var printer = new MessagePrinter(context.Streams);
        var (mark, style) = mended ? ("mended", "green") : finding.State switch
        {
            PartState.Ok => ("ok", "green"),
            PartState.Degraded => ("look", "yellow"),
            _ => ("WRONG", "red"),
        };
        printer.Line($"{mark,-7} {finding.Id,-26} {finding.Text}", finding.State == PartState.Ok ? "" : style);
        if (finding.State != PartState.Ok && !mended && finding.Remedy.Length > 0) printer.Line($"{"",-7} {"",-26} → {finding.Remedy}");
    }
}

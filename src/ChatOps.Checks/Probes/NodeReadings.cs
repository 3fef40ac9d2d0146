using System.Globalization;
using System.Text.RegularExpressions;
using ChatOps.Checks.Files;
using ChatOps.Checks.States;

namespace ChatOps.Checks.Probes;

/// <summary>How each kind looks at nodes. Every line here only reads, which the gate judges again each time.</summary>
internal static partial class NodeReadings
{
    private const double KibiBytes = 1024;
    private const int KernelName = 15;
    private const string NotBooted = "System has not been booted with systemd";
    private const string RootPath = "/";

    private static readonly Dictionary<CheckKind, NodeReading> ByKind = new()
    {
        [CheckKind.Disk] = new(DiskLine, Disk),
        [CheckKind.Memory] = new(_ => "cat /proc/meminfo", Memory),
        [CheckKind.Load] = new(_ => "nproc && cat /proc/loadavg", Load),
        [CheckKind.Service] = new(c => $"systemctl show -p LoadState -p ActiveState -p SubState -p Result -p NRestarts -- {ShellWord.Of(c.Required("service"))} || service {ShellWord.Of(c.Required("service"))} status", Service),
        [CheckKind.Process] = new(ProcessLine, Process),
        [CheckKind.LogErrors] = new(LogErrors.Line, LogErrors.Judge),
        [CheckKind.KubernetesPods] = new(Pods.Line, Pods.Judge),
        [CheckKind.DockerContainers] = new(_ => "docker ps -a --format '{{.Names}}|{{.State}}|{{.Status}}'", Containers.Judge),
        [CheckKind.Certificate] = new(c => $"openssl x509 -noout -enddate -in {ShellWord.Of(c.Required("path"))}", Certificate),
        [CheckKind.Command] = new(c => c.Required("run"), Command),
    };

    /// <summary>How a kind looks; null when it does not look at nodes.</summary>
    public static NodeReading? Of(CheckKind kind) => ByKind.GetValueOrDefault(kind);

    private static string DiskLine(CheckDefinition check)
    {
        var path = ShellWord.Of(check.Text("path") ?? RootPath);
        return check.Text("quota") is null ? $"df -Pk -- {path}" : $"du -sk -- {path}";
    }

    private static Observation Disk(NodeLook look)
    {
        var path = look.Check.Text("path") ?? RootPath;
        var words = (look.Answer.Lines is [.., var last] ? last : "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (look.Check.Text("quota") is { } quota)
        {
            // du goes on past what it may not read, and says so with its exit code; a folder that is not there has no sum at all.
            if (words.Length < 2 || !TryNumber(words[0], out var used)) return look.Unclear($"{path} could not be measured.");
            var percent = used * KibiBytes * 100 / KeyValue.Bytes(quota)!.Value;
            return look.Value(percent, string.Create(CultureInfo.InvariantCulture, $"{path} holds {percent:0.#} % of its {quota}."), look.Answer.Output.TrimEnd());
        }

        if (look.Answer.ExitCode != 0 || words.Length < 6 || !TryNumber(words[2], out var taken) || !TryNumber(words[3], out var free) || taken + free <= 0)
            return look.Unclear($"How full {path} is could not be read.");
        var full = taken * 100 / (taken + free);
        return look.Value(full, string.Create(CultureInfo.InvariantCulture, $"{path} is {full:0.#} % full, {free / KibiBytes / KibiBytes:0.#} GiB are free."), look.Answer.Output.TrimEnd());
    }

    private static Observation Memory(NodeLook look)
    {
        double total = 0, available = -1;
        foreach (var line in look.Answer.Lines)
        {
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words is ["MemTotal:", var all, ..] && TryNumber(all, out var t)) total = t;
            if (words is ["MemAvailable:", var left, ..] && TryNumber(left, out var a)) available = a;
        }

        if (total <= 0 || available < 0) return look.Unclear("How much memory is used could not be read.");
        var used = (total - available) * 100 / total;
        return look.Value(used, string.Create(CultureInfo.InvariantCulture, $"{used:0.#} % of {total / KibiBytes / KibiBytes:0.#} GiB memory are used."), string.Join('\n', look.Answer.Lines.Take(8)));
    }

    private static Observation Load(NodeLook look)
    {
        if (look.Answer.Lines is not [var count, var averages, ..] || !TryNumber(count, out var cpus) || cpus < 1
            || averages.Split(' ') is not [var one, var five, ..] || !TryNumber(one, out _) || !TryNumber(five, out var load))
            return look.Unclear("The load could not be read.");
        return look.Value(load / cpus, string.Create(CultureInfo.InvariantCulture, $"The load of 5 minutes is {load:0.##} on {cpus:0} CPUs."), averages);
    }

    private static Observation Service(NodeLook look)
    {
        var name = look.Check.Required("service");
        var values = look.Answer.Lines.Select(l => l.Split('=', 2)).Where(p => p.Length == 2).GroupBy(p => p[0]).ToDictionary(g => g.Key, g => g.First()[1], StringComparer.Ordinal);
        if (!values.TryGetValue("ActiveState", out var active))
        {
            // No systemd: what an init script says with its exit code.
            return look.Answer.ExitCode switch
            {
                0 => look.Well($"{name} runs."),
                3 => look.Bad($"{name} does not run."),
                _ when look.Answer.Output.Contains(NotBooted, StringComparison.Ordinal) => look.Unclear($"Whether {name} runs could not be found out: systemd does not run there, and there is no init script of that name."),
                _ => look.Unclear($"Whether {name} runs could not be found out."),
            };
        }

        if (values.GetValueOrDefault("LoadState") == "not-found") return look.Bad($"There is no service {name}.", transient: false);
        return active switch
        {
            "active" => look.Well($"{name} runs."),
            "failed" => look.Bad($"{name} has failed ({values.GetValueOrDefault("Result", "")}).", transient: false),
            _ => look.Bad($"{name} is {active} ({values.GetValueOrDefault("SubState", "")})."),
        };
    }

    // Linux keeps fifteen characters of a process's name, and a longer one is never found.
    private static string ProcessLine(CheckDefinition check) => check.Text("process") is { } name
        ? $"pgrep -c -x -- {ShellWord.Of(name.Length <= KernelName ? name : name[..KernelName])}"
        : $"pgrep -c -f -- {ShellWord.Of(ProcessPattern.NotItself(check.Required("pattern")))}";

    private static Observation Process(NodeLook look)
    {
        var what = look.Check.Text("process") ?? look.Check.Required("pattern");
        if (look.Answer.ExitCode > 1 || !TryNumber(look.Answer.Lines.FirstOrDefault(l => TryNumber(l, out _)) ?? "", out var count)) return look.Unclear($"The processes of {what} could not be counted.");
        var (least, most) = (look.Check.Number("least", 1), look.Check.Number("most", int.MaxValue));
        var text = string.Create(CultureInfo.InvariantCulture, $"There {(count == 1 ? "is 1 process" : $"are {count:0} processes")} of {what}");
        return count < least ? look.Bad($"{text}; there must be {least}.", count) : count > most ? look.Bad($"{text}; there may be {most}.", count) : look.Well(text + ".", count);
    }

    private static Observation Certificate(NodeLook look)
    {
        var path = look.Check.Required("path");
        var line = look.Answer.Lines.FirstOrDefault(l => l.StartsWith("notAfter=", StringComparison.Ordinal));
        if (look.Answer.ExitCode != 0 || line is null
            || !DateTimeOffset.TryParseExact(
                Blanks().Replace(line["notAfter=".Length..], " ").Replace(" GMT", "", StringComparison.Ordinal), "MMM d HH:mm:ss yyyy", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var ends))
            return look.Unclear($"The certificate {path} could not be read.");
        return CertificateText.Of(look.Answer.Node, $"The certificate {path}", ends, look.Now) with { Evidence = line };
    }

    private static Observation Command(NodeLook look)
    {
        IReadOnlyList<string> well = look.Check.List("exit") is { Count: > 0 } codes ? codes : ["0"];
        var exit = look.Answer.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "?";
        if (!well.Contains(exit)) return look.Bad($"The command ended with exit code {exit}.");
        if (look.Check.Text("expect") is { } expect && !look.Answer.Output.Contains(expect, StringComparison.Ordinal)) return look.Bad($"Its output does not hold '{expect}'.");
        if (look.Check.Thresholds is { Warn: null, Critical: null }) return look.Well("The command says what it should.", Number(look));
        return Number(look) is { } value
            ? look.Value(value, string.Create(CultureInfo.InvariantCulture, $"The command says {value:0.##}."), look.Answer.Output.TrimEnd())
            : look.Unclear("There is no number in its output.");
    }

    private static double? Number(NodeLook look)
    {
        var match = look.Check.Text("value") is { } pattern
            ? new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Multiline).Match(look.Answer.Output)
            : FirstNumber().Match(look.Answer.Output);
        return match.Success && TryNumber(match.Groups[match.Groups.Count > 1 ? 1 : 0].Value, out var value) ? value : null;
    }

    private static bool TryNumber(string text, out double number) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    [GeneratedRegex(@"-?[0-9]+(?:\.[0-9]+)?", RegexOptions.CultureInvariant)]
    private static partial Regex FirstNumber();

    [GeneratedRegex(" +", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();
}

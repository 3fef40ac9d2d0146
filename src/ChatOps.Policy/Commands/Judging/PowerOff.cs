using ChatOps.Policy.Commands.Grammar;

namespace ChatOps.Policy.Commands.Judging;

/// <summary>
/// Switching the machine off or starting it again. A line is judged without its target, so this holds on every node; a rule that tells the gateway's own
/// machine from others belongs to the caller that knows the target.
/// </summary>
internal static class PowerOff
{
    private const string Rule = "power-off";

    /// <summary>What a reader of the refusal must know: why it holds for the one machine that everybody has.</summary>
    private const string OwnMachine = "; local is the gateway's own machine, and the gateway would go with it";

    private static readonly string[] Programs = ["shutdown", "reboot", "poweroff", "halt", "pm-suspend", "pm-hibernate", "pm-powersave"];

    private static readonly string[] Verbs =
        ["poweroff", "reboot", "halt", "kexec", "suspend", "hibernate", "hybrid-sleep", "suspend-then-hibernate", "soft-reboot", "rescue", "emergency", "sleep", "exit"];

    private static readonly string[] Units = ["poweroff", "reboot", "halt", "kexec", "suspend", "hibernate", "shutdown", "rescue", "emergency", "runlevel0", "runlevel6", "runlevel1"];

    /// <summary>Null when the command does nothing of the kind.</summary>
    public static Verdict? Judge(string name, IReadOnlyList<ShellWord> words)
    {
        if (Array.IndexOf(Programs, name) >= 0)
        {
            if (words.Count > 1 && words.Skip(1).Any(w => w.Text is "--help" or "-c" or "--show" or "--version")) return null;
            return Verdict.Forbidden(Rule, $"{name} switches the machine off or restarts it{OwnMachine}");
        }

        switch (name)
        {
            case "init" or "telinit":
                return words.Skip(1).Any(w => w.Text is "0" or "6" or "1" or "s" or "S") ? Verdict.Forbidden(Rule, $"{name} switches the machine off or restarts it{OwnMachine}") : null;
            case "kexec":
                return words.Skip(1).Any(w => w.Text is "-e" or "--exec" or "-f" or "--force") ? Verdict.Forbidden(Rule, "kexec restarts the machine with another kernel" + OwnMachine) : null;
            case "systemctl" or "loginctl":
                return Systemd(name, words);
            case "tee":
                return words.Skip(1).Select(w => Target(PathWord.Of(w).Resolve(null))).FirstOrDefault(v => v is not null);
            default:
                return null;
        }
    }

    /// <summary>Whether writing to a path does it.</summary>
    public static Verdict? Target(PathWord path) =>
        path is { IsAbsolute: true, Segments: ["proc", "sysrq-trigger"] or ["sys", "power", "state"] } ? Verdict.Forbidden(Rule, "writing there switches the machine off" + OwnMachine) : null;

    private static Verdict? Systemd(string name, IReadOnlyList<ShellWord> words)
    {
        var operands = words.Skip(1).Where(w => !w.Text.StartsWith('-')).Select(w => w.Text).ToList();
        if (operands.Count == 0) return null;
        if (operands.Take(2).Any(o => Array.IndexOf(Verbs, o) >= 0) && (Array.IndexOf(Verbs, operands[0]) >= 0 || words.Skip(1).TakeWhile(w => Array.IndexOf(Verbs, w.Text) < 0).All(w => w.Text.StartsWith('-') || w.Text == operands[0])) && IsVerb(operands))
            return Verdict.Forbidden(Rule, $"{name} {operands.First(o => Array.IndexOf(Verbs, o) >= 0)} switches the machine off or leaves it without services{OwnMachine}");
        return operands.Any(o => o is "start" or "isolate" or "restart" or "reload-or-restart") && operands.Any(o => Array.Exists(Units, u => o == u + ".target" || o == u + ".service" || (o == u && operands[0] == "isolate")))
            ? Verdict.Forbidden(Rule, $"{name} starts a unit that switches the machine off or leaves it without services{OwnMachine}")
            : null;
    }

    // "systemctl status reboot" asks about a unit; "systemctl --force x reboot" cannot be told from it when an unknown option takes x
    private static bool IsVerb(List<string> operands) => Array.IndexOf(Verbs, operands[0]) >= 0;
}

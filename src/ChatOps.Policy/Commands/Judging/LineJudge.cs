using ChatOps.Policy.Commands.Grammar;

namespace ChatOps.Policy.Commands.Judging;

/// <summary>Judges a whole line: every command in it, every redirection, and what they do together.</summary>
internal sealed class LineJudge(CommandJudge commands, PathGuard guard)
{
    /// <summary>The verdict on a parsed line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="around">What is around the line when it is the text of a shell inside another line.</param>
    public Verdict Judge(ParsedLine line, CommandPlace around)
    {
        var worst = ForkBomb.Judge(line);
        var directory = around.Directory;
        foreach (var command in line.Commands)
        {
            foreach (var redirect in command.Redirects) worst = Worse(worst, Redirect(redirect, directory));
            if (command.Words.Count == 0) continue;
            worst = Worse(worst, commands.Judge(command.Words, around with { Upstream = command.Upstream ?? around.Upstream, Directory = directory }));
            if (command.Words[0].Text is "cd" or "pushd" && command.Words.Count > 1) directory = PathWord.Of(command.Words[^1]).Resolve(directory);
        }

        if (line.Error is not null)
            worst = Worse(Verdict.Change(line.ErrorRule!, $"the line is not understood: {line.Error}"), worst);
        else if (line.Notes.Count > 0)
            worst = Worse(Verdict.Change(line.Notes[0].Rule, "the line " + line.Notes[0].Phrase), worst);
        return worst ?? Verdict.Change("empty", "there is no command in the line");
    }

    private Verdict? Redirect(ShellRedirect redirect, PathWord? directory)
    {
        var path = PathWord.Of(redirect.Target).Resolve(directory);
        if (redirect.Writes)
        {
            if (DeviceWipe.Target(path) is { } device) return device;
            if (PowerOff.Target(path) is { } power) return power;
            var gateway = guard.Gateway(redirect.Target);
            if (gateway is not null) return gateway;
            return path is { IsAbsolute: true, Segments: ["etc" or "usr" or "bin" or "sbin" or "lib" or "boot" or "proc" or "sys", ..] }
                ? Verdict.Dangerous("dangerous.redirect-write", $"the line writes to {redirect.Target.Text}, which belongs to the system") : null;
        }

        return redirect.Reads ? guard.Gateway(redirect.Target) ?? guard.Content(redirect.Target, false) : null;
    }

    private static Verdict? Worse(Verdict? one, Verdict? other) => one is null ? other : one.Or(other);
}

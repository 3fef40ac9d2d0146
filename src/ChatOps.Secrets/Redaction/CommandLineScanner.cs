using System.Buffers;

namespace ChatOps.Secrets.Redaction;

/// <summary>Finds passwords on command lines behind flags such as the <c>-p</c> of mysql.</summary>
internal static class CommandLineScanner
{
    private static readonly CommandFlag[] Flags =
    [
        new("mysql", "-p", Attached: true),
        new("mariadb", "-p", Attached: true),
        new("sshpass", "-p", Attached: true),
        new("sshpass", "-p", Attached: false),
        new("redis-cli", "-a", Attached: false),
        new("ldapsearch", "-w", Attached: false),
        new("ldapmodify", "-w", Attached: false),
        new("ldapadd", "-w", Attached: false),
        new("ldapwhoami", "-w", Attached: false),
        new("docker login", "-p", Attached: false),
        new("podman login", "-p", Attached: false),
        new("registry login", "-p", Attached: false),
        new("sqlcmd", "-P", Attached: false),
        new("unzip", "-P", Attached: false),
        new("zip", "-P", Attached: false),
        new("mongo", "-p", Attached: false),
        new("amqp", "-p", Attached: false),
        new("curl", "-u", Attached: false, UserBefore: true),
        new("curl", "-u", Attached: true, UserBefore: true),
        new("curl", "--user", Attached: false, UserBefore: true),
        new("curl", "--proxy-user", Attached: false, UserBefore: true),
        new("htpasswd", "-b", Attached: false, UserBefore: true),
    ];

    private static readonly SearchValues<string> Programs = SearchValues.Create([.. Flags.Select(flag => flag.Program).Distinct()], StringComparison.Ordinal);

    /// <summary>Adds what it finds.</summary>
    /// <param name="text">Text without terminal sequences.</param>
    /// <param name="findings">Receives the findings.</param>
    public static void Find(ReadOnlySpan<char> text, List<Finding> findings)
    {
        var first = text.IndexOfAny(Programs);
        if (first < 0)
            return;

        foreach (var flag in Flags)
        {
            var program = text[first..].IndexOf(flag.Program);
            if (program >= 0)
                Find(text, first + program + flag.Program.Length, flag, findings);
        }
    }

    private static void Find(ReadOnlySpan<char> text, int at, CommandFlag flag, List<Finding> findings)
    {
        while (at < text.Length)
        {
            var next = text[at..].IndexOf(flag.Flag);
            if (next <= 0)
                return;

            at += next;
            var value = at + flag.Flag.Length;
            if (text[at - 1] is not (' ' or '\t' or '"' or '\''))
            {
                at = value;
                continue;
            }

            var gap = value < text.Length && text[value] is ' ' or '\t';
            at = value;
            if (gap == flag.Attached || value >= text.Length)
                continue;

            value += gap ? Alphabets.Run(text[value..], Separator.Blank) : 0;
            if (value < text.Length && ValueSpan.Read(text, value, SeparatorKind.Flag, false) is var span && Secret(text, span, flag) is { } finding)
                findings.Add(finding);
        }
    }

    private static Finding? Secret(ReadOnlySpan<char> text, ValueSpan span, CommandFlag flag)
    {
        var start = span.Start;
        var value = text[start..span.End];
        if (flag.UserBefore)
        {
            var colon = value.IndexOf(':');
            if (colon < 0)
                return null;
            start += colon + 1;
            value = value[(colon + 1)..];
        }

        return value.IsEmpty || value[0] == '-' || !ValueShape.IsSecret(value, KeyFamily.Password, span.Quoted, true)
            ? null
            : new Finding(start, span.End, "password", span.End == text.Length);
    }
}

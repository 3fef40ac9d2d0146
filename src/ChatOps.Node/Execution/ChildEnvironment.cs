using System.Collections;

namespace ChatOps.Node.Execution;

/// <summary>
/// The environment of a command: built from nothing. It names the execution, so that processes that leave the group are still found.
/// </summary>
internal sealed class ChildEnvironment
{
    /// <summary>The variable that carries the execution's id.</summary>
    public const string Mark = "CHATOPS_EXECUTION";

    private readonly string[] _always;
    private readonly string[] _withoutShell;

    /// <summary>Reads this process's environment once.</summary>
    /// <param name="pass">Names that are handed on beyond the fixed ones.</param>
    public ChildEnvironment(IReadOnlyList<string> pass)
    {
        var user = Environment.UserName;
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        List<string> always =
        [
            $"PATH={ProgramPath.SearchList}",
            "LANG=C.UTF-8",
            $"HOME={(home.Length == 0 ? "/" : home)}",
            $"USER={user}",
            $"LOGNAME={user}",
            "TERM=dumb",
            "PAGER=cat",
            "GIT_PAGER=cat",
            "SYSTEMD_PAGER=cat",
            // Configuration of git can name programs; only the repository's own is left, and what that can start is switched off below.
            "GIT_CONFIG_NOSYSTEM=1",
            "GIT_CONFIG_GLOBAL=/dev/null",
            "GIT_TERMINAL_PROMPT=0",
        ];
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var name = (string)variable.Key;
            if (name != Mark && (name == "TZ" || pass.Contains(name, StringComparer.Ordinal)) && !always.Exists(entry => entry.StartsWith(name + "=", StringComparison.Ordinal)))
                always.Add($"{name}={variable.Value}");
        }

        _always = [.. always];

        // What runs without a shell was judged by its words alone, so nothing that a repository says may start a program or write.
        _withoutShell =
        [
            .. always,
            "GIT_OPTIONAL_LOCKS=0",
            "GIT_CONFIG_COUNT=2",
            "GIT_CONFIG_KEY_0=core.fsmonitor",
            "GIT_CONFIG_VALUE_0=false",
            "GIT_CONFIG_KEY_1=core.hooksPath",
            "GIT_CONFIG_VALUE_1=/dev/null",
        ];
    }

    /// <summary>The whole environment of one execution.</summary>
    /// <param name="id">The execution's id.</param>
    /// <param name="shell">Whether the line goes to a shell.</param>
    public IReadOnlyList<string> For(string id, bool shell) => [$"{Mark}={id}", .. shell ? _always : _withoutShell];
}

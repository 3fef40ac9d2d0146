namespace ChatOps.Policy.Commands.Languages;

/// <summary>Decides whether a Go template over a container's description leaves out its environment, command line and labels.</summary>
internal static class GoTemplate
{
    private static readonly string[] Roots =
    [
        ".State", ".Name", ".Id", ".Created", ".Image", ".RestartCount", ".NetworkSettings", ".Mounts", ".Platform", ".Driver", ".LogPath", ".SizeRw",
        ".SizeRootFs", ".Config.Image", ".Config.Hostname", ".Config.ExposedPorts", ".Config.Healthcheck", ".HostConfig.Memory", ".HostConfig.RestartPolicy",
        ".HostConfig.NanoCpus", ".HostConfig.PortBindings", ".HostConfig.NetworkMode", ".HostConfig.LogConfig", ".RepoTags", ".RepoDigests", ".Size", ".Os", ".Architecture",
    ];

    /// <summary>Why the template may disclose more; null when it does not.</summary>
    public static string? Problem(string text)
    {
        const string reason = "the template may show the container's environment, which often holds secrets";
        var depth = 0;
        for (var at = text.IndexOf("{{", StringComparison.Ordinal); at >= 0; at = text.IndexOf("{{", at, StringComparison.Ordinal))
        {
            var end = text.IndexOf("}}", at, StringComparison.Ordinal);
            if (end < 0) return reason;
            var action = text[(at + 2)..end].Trim(' ', '-');
            at = end + 2;
            if (action == "end")
            {
                depth--;
                continue;
            }

            var opens = 0;
            foreach (var word in action.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (word is "range" or "with" or "if")
                {
                    opens++;
                }
                else if (word[0] == '.')
                {
                    var path = word.TrimEnd(')');
                    var known = Array.Exists(Roots, r => path == r || path.StartsWith(r + ".", StringComparison.Ordinal));
                    if (!known && (depth <= 0 || path == ".")) return reason;
                    if (path.Contains("Env", StringComparison.Ordinal)) return reason;
                }
                else if (word[0] == '$' ? word.TrimEnd(',') is not ("$k" or "$v" or "$p" or "$conf" or "$key" or "$value" or "$i" or "$e") || depth <= 0 : word is not ("json" or ":=" or "else" or "len"))
                {
                    return reason;
                }
            }

            depth += opens;
        }

        return text.Contains("{{", StringComparison.Ordinal) ? null : reason;
    }
}

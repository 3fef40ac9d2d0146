namespace ChatOps.Host;

/// <summary>Where things are.</summary>
/// <param name="SettingsFile">appsettings.json, or null when there is none: everything has a default.</param>
/// <param name="Workspace">What an operator edits: access.yaml, policy.yaml. May not exist.</param>
public sealed record GatewayPlaces(string? SettingsFile, string Workspace)
{
    private const string SettingsName = "appsettings.json";
    private const string WorkspaceName = "workspace";
    private const string DefaultData = "~/.chatops";

    /// <summary>Finds the settings file: the first appsettings.json from a directory upwards, so that it is the repository's when run from source.</summary>
    /// <param name="from">Usually the program's own directory.</param>
    /// <param name="workspace">As given on the command line; null: beside the settings file.</param>
    public static GatewayPlaces Find(string from, string? workspace)
    {
        string? file = null;
        for (var directory = new DirectoryInfo(from); directory is not null && file is null; directory = directory.Parent)
        {
            var candidate = Path.Combine(directory.FullName, SettingsName);
            if (File.Exists(candidate)) file = candidate;
        }

        return new(file, workspace is not null ? Expand(workspace) : Path.Combine(Path.GetDirectoryName(file) ?? from, WorkspaceName));
    }

    /// <summary>The data directory: as given on the command line, else CHATOPS_DATA, else as configured, else <c>~/.chatops</c>.</summary>
    public static string DataDirectory(string? given, string? configured)
    {
        var environment = Environment.GetEnvironmentVariable("CHATOPS_DATA");
        return Expand(given ?? (string.IsNullOrEmpty(environment) ? configured ?? DefaultData : environment));
    }

    private static string Expand(string path)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (path == "~") path = home;
        else if (path.StartsWith("~/", StringComparison.Ordinal)) path = Path.Combine(home, path[2..]);
        return Path.GetFullPath(path);
    }
}

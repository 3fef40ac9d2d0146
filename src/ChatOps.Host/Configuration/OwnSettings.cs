using ChatOps.Configuration;

namespace ChatOps.Host;

/// <summary>
/// <c>settings.json</c> in the data directory: what <c>chatops onboard</c> wrote. It lies over appsettings.json, and under a file given with <c>--config</c> and the environment, so that
/// what an operator says wins. Secrets are not in it: it names files beside it that their owner alone can read.
/// </summary>
internal static class OwnSettings
{
    private const string FileName = "settings.json";
    private const string DataDirectoryKey = "Gateway:DataDirectory";

    /// <summary>Its path.</summary>
    public static string PathIn(string dataDirectory) => Path.Combine(dataDirectory, FileName);

    /// <summary>Its path, or null when there is none.</summary>
    public static string? Find(string dataDirectory) => PathIn(dataDirectory) is var path && File.Exists(path) ? path : null;

    /// <summary>The data directory that other sources name, before anything is known to be sound; null when none does.</summary>
    /// <param name="files">Files in order; later ones win.</param>
    /// <param name="environment">Values from the environment; they win over files.</param>
    public static string? DataDirectory(IReadOnlyList<string> files, IReadOnlyList<SettingValue> environment)
    {
        var ignored = new List<ConfigurationProblem>();
        var named = files.SelectMany(f => SettingsFile.Read(f, ignored)).Concat(environment).LastOrDefault(v => v.Key == DataDirectoryKey && v.Text.Length > 0)?.Text;
        return named is null ? null : SettingReferences.Resolve(named).Value;
    }
}

using System.Collections;
using System.Text.Json;

namespace ChatOps.Host;

/// <summary>Reads <c>CHATOPS__Section__Key</c> from the environment.</summary>
internal static class SettingsEnvironment
{
    /// <summary>What it is called in messages.</summary>
    public const string Source = "environment";

    /// <summary>How the names begin.</summary>
    public const string Prefix = "CHATOPS__";

    /// <summary>The values in a stable order. Names are compared without regard to case, as shells and containers write them as they like.</summary>
    public static IReadOnlyList<SettingValue> Read(IDictionary environment) =>
    [
        .. environment.Cast<DictionaryEntry>()
            .Select(e => (Name: (string)e.Key, Value: e.Value as string ?? ""))
            .Where(e => e.Name.StartsWith(Prefix, StringComparison.Ordinal))
            .OrderBy(e => e.Name, StringComparer.Ordinal)
            .Select(e => new SettingValue(Known(e.Name[Prefix.Length..].Replace("__", ":", StringComparison.Ordinal)), JsonValueKind.Undefined, e.Value, Source, 0)),
    ];

    private static string Known(string key)
    {
        var (pattern, index) = ListKey.Of(key);
        foreach (var setting in KnownSettings.All)
        {
            if (index.Length > 0 && setting.Key.Equals(pattern, StringComparison.OrdinalIgnoreCase)) return ListKey.At(setting.Key, index);
            if (setting.Key.Equals(key, StringComparison.OrdinalIgnoreCase)) return setting.Key;
            if (setting.Kind == SettingKind.Map && key.StartsWith(setting.Key + ":", StringComparison.OrdinalIgnoreCase))
                return setting.Key + key[setting.Key.Length..];
        }

        return key;
    }
}

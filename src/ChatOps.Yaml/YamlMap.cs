using System.Diagnostics.CodeAnalysis;

namespace ChatOps.Yaml;

/// <summary>Keys with values.</summary>
/// <param name="Line">Where it starts.</param>
/// <param name="Entries">In the order written. What <see cref="YamlReader.Map"/> gives has no key twice.</param>
public sealed record YamlMap(int Line, IReadOnlyList<YamlEntry> Entries) : YamlElement(Line)
{
    /// <summary>The value of a key that is there.</summary>
    public YamlElement this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There is no key '{key}'.");

    /// <summary>Whether the key is there.</summary>
    public bool ContainsKey(string key) => TryGetValue(key, out _);

    /// <summary>The value of a key.</summary>
    public bool TryGetValue(string key, [NotNullWhen(true)] out YamlElement? value) => (value = Entries.FirstOrDefault(e => e.Key == key)?.Value) is not null;
}

namespace ChatOps.Identity.Yaml;

/// <summary>Keys with values, in the order written; no key twice.</summary>
internal sealed record YamlMap(int Line, IReadOnlyList<YamlEntry> Entries) : YamlElement(Line);

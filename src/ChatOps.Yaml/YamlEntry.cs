namespace ChatOps.Yaml;

/// <summary>One key with its value.</summary>
/// <param name="Key">The key as it was written.</param>
/// <param name="Line">The key's line.</param>
/// <param name="Value">Its value.</param>
public sealed record YamlEntry(string Key, int Line, YamlElement Value);

namespace ChatOps.Identity.Yaml;

/// <summary>A piece of a YAML file and the line it starts on (1-based).</summary>
internal abstract record YamlElement(int Line);

namespace ChatOps.Yaml;

/// <summary>A piece of a YAML file.</summary>
/// <param name="Line">The line it starts on, 1-based.</param>
public abstract record YamlElement(int Line);

namespace ChatOps.Rendering;

/// <summary>What a line is.</summary>
public enum MarkdownLineKind
{
    /// <summary>Ordinary text; an empty line has no spans.</summary>
    Text,

    /// <summary>An entry of a list.</summary>
    Bullet,

    /// <summary>A quoted line.</summary>
    Quote,

    /// <summary>A line between code fences; neighbouring ones belong together. Has one span at most, in plain style.</summary>
    Code,
}

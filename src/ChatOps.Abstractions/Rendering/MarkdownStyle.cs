namespace ChatOps.Rendering;

/// <summary>How a piece of text looks.</summary>
[Flags]
public enum MarkdownStyle
{
    /// <summary>As it is.</summary>
    Plain = 0,

    /// <summary>Bold.</summary>
    Bold = 1,

    /// <summary>Italic.</summary>
    Italic = 2,

    /// <summary>Inline code.</summary>
    Code = 4,
}

namespace ChatOps.Tools;

/// <summary>Types of parameters.</summary>
public enum ParameterKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>A command line for a machine: the rest of the chat line, kept as written.</summary>
    CommandLine,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>True or false; a flag on command lines.</summary>
    Flag,

    /// <summary>A duration: <c>90s</c>, <c>15m</c>, <c>24h</c>, <c>7d</c>.</summary>
    Duration,

    /// <summary>A node selector.</summary>
    Selector,

    /// <summary>One of <see cref="ToolParameter.Choices"/>.</summary>
    Choice,
}

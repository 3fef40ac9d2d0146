namespace ChatOps.Tools;

/// <summary>One way to go on typing.</summary>
/// <param name="Start">Where the replaced piece of the text begins.</param>
/// <param name="Length">How long the replaced piece is; 0 when <paramref name="Insert"/> only adds.</param>
/// <param name="Insert">What to put there.</param>
/// <param name="Label">What to show in a list.</param>
/// <param name="Help">One line about it.</param>
public sealed record CompletionItem(int Start, int Length, string Insert, string Label, string Help);

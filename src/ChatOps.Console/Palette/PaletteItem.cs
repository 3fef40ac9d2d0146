namespace ChatOps.Console.Palette;

/// <summary>One thing that the palette offers.</summary>
/// <param name="Kind">Page, Command, Node, Person or Chat.</param>
/// <param name="Label">Its name.</param>
/// <param name="Hint">One line about it.</param>
/// <param name="Href">Where it leads.</param>
/// <param name="Fill">What it puts into the input instead.</param>
internal sealed record PaletteItem(string Kind, string Label, string? Hint, string? Href, string? Fill = null);

namespace ChatOps.Tools.Web;

/// <summary>What an address answered, as text.</summary>
/// <param name="Address">Where it was read in the end.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Type">The media type.</param>
/// <param name="Title">The page's title; empty for none.</param>
/// <param name="Text">Its text.</param>
/// <param name="Complete">Whether all of the body was read.</param>
internal sealed record WebPage(Uri Address, int Status, string Type, string Title, string Text, bool Complete);

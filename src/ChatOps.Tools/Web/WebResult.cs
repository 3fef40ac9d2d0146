namespace ChatOps.Tools.Web;

/// <summary>Something that a search found.</summary>
/// <param name="Title">Its title, as text.</param>
/// <param name="Address">Where it is.</param>
/// <param name="Extract">A few sentences of it, as text.</param>
internal sealed record WebResult(string Title, string Address, string Extract);

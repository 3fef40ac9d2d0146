namespace ChatOps.Outside;

/// <summary>A configured server.</summary>
/// <param name="Name">As it is named here.</param>
/// <param name="Address">Its command's program or its address, without secrets.</param>
/// <param name="Connected">Whether it answers.</param>
/// <param name="State">One sentence: how it is, and what happens next.</param>
public sealed record OutsideServer(string Name, string Address, bool Connected, string State);

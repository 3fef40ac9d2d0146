namespace ChatOps.Node.Connection;

/// <summary>What a node remembers of its join.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Gateway">The gateway's public key, in base64.</param>
/// <param name="Generation">The counter that it presents next.</param>
/// <param name="Pin">The certificate's pin given at the join.</param>
internal sealed record NodeMembership(string Name, string Gateway, long Generation, string? Pin);

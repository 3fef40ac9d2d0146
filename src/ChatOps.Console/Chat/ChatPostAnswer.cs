namespace ChatOps.Console.Chat;

/// <summary>What became of a posted message.</summary>
/// <param name="Accepted">Whether it is committed (now or by an earlier copy).</param>
/// <param name="Id">Its id in the stream.</param>
/// <param name="Message">Why not, for people.</param>
internal sealed record ChatPostAnswer(bool Accepted, string? Id, string? Message);

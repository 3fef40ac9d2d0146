namespace ChatOps.Checks;

/// <summary>What a look at a configured credential found.</summary>
/// <param name="Name">Whose it is: <c>telegram</c>, <c>slack</c>, <c>discord</c>, <c>models</c>, <c>speech</c>, <c>search</c>.</param>
/// <param name="Valid">Whether its service takes it; null when the service could not be asked.</param>
/// <param name="Text">One sentence for people; no secret.</param>
/// <param name="EndsAt">When it ends, as far as it says so itself; null when it does not.</param>
public sealed record CredentialLook(string Name, bool? Valid, string Text, DateTimeOffset? EndsAt);

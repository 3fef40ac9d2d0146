namespace ChatOps.Models;

/// <summary>What to replay.</summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="Model">The model that is asked; null asks none and looks at the recorded calls alone.</param>
/// <param name="PolicyText">The policy that judges the calls; null is the one in force.</param>
/// <param name="Turns">How many of its newest turns.</param>
public sealed record ReplayRequest(string ConversationId, string? Model, string? PolicyText, int Turns);

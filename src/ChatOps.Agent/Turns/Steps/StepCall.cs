namespace ChatOps.Agent.Turns.Steps;

/// <summary>A call that a model asked for.</summary>
/// <param name="Id">The model's own id of it; its result is given back under it.</param>
/// <param name="Name">The function.</param>
/// <param name="ArgumentsJson">A JSON object; <c>{}</c> when the arguments could not be read.</param>
/// <param name="Problem">Why the arguments could not be read, for the model; null when they could.</param>
internal sealed record StepCall(string Id, string Name, string ArgumentsJson, string? Problem);

namespace ChatOps.Host;

/// <summary>Settings that hold together.</summary>
/// <param name="Options">For the parts.</param>
/// <param name="Effective">For people: every setting with its source.</param>
internal sealed record LoadedSettings(ChatOpsOptions Options, IReadOnlyList<EffectiveSetting> Effective);

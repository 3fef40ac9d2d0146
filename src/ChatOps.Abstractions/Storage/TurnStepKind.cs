namespace ChatOps.Storage;

/// <summary>What a step of a turn is.</summary>
public enum TurnStepKind
{
    /// <summary>A model's message: text and the calls that it asked for.</summary>
    Model,

    /// <summary>The result of a call, as the model saw it.</summary>
    Tool,
}

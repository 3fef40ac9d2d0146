namespace ChatOps.Models;

/// <summary>Whether models are set up.</summary>
public interface IModelSetup
{
    /// <summary>Whether any model is configured.</summary>
    bool Any { get; }
}

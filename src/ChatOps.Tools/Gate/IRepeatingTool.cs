using ChatOps.Identity;

namespace ChatOps.Tools.Gate;

/// <summary>A tool of which a call may repeat an earlier one. Asked before the arguments are checked; it must answer the same for the same arguments, because an approved call is resolved again.</summary>
internal interface IRepeatingTool : ITool
{
    /// <summary>Completes the arguments and says on which nodes at most.</summary>
    Task<Repetition> RepeatAsync(InvocationRequest request, Principal principal, IReadOnlyDictionary<string, string> arguments, CancellationToken cancellationToken);
}

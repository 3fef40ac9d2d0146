using ChatOps.EndToEnd.Crashes;

namespace ChatOps.EndToEnd.Chaos;

/// <summary>One conversation: who speaks in it and how a message gets there.</summary>
/// <param name="Name">Platform and person.</param>
/// <param name="Person">The principal who speaks.</param>
/// <param name="SendAsync">Hands a message to the platform; ends when the platform has taken it, which delivers it then in its own way.</param>
/// <param name="Posts">What people see in it, oldest first, from the so-manieth on; null where nobody looks.</param>
internal sealed record ChaosTalk(string Name, string Person, Func<Said, Task> SendAsync, Func<int, IReadOnlyList<string>>? Posts)
{
    /// <summary>What was said, in order.</summary>
    public List<Said> Said { get; } = [];
}

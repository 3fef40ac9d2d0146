using ChatOps.Policy;

namespace ChatOps.Node.Policy;

/// <summary>A rule about programs.</summary>
/// <param name="Program">A pattern on the program's name or path; <c>*</c> stands for any run of characters. A line that goes to a shell is <c>sh</c>.</param>
/// <param name="Risk">Only at this risk; <see langword="null"/> for any.</param>
/// <param name="Then">The verdict.</param>
internal sealed record NodeRule(string Program, Risk? Risk, NodeVerdict Then);

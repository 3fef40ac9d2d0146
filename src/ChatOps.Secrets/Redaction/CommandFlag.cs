namespace ChatOps.Secrets.Redaction;

/// <summary>A flag that carries a password although its name does not say so.</summary>
/// <param name="Program">The program that has it; the line must name it.</param>
/// <param name="Flag">The flag.</param>
/// <param name="Attached">Whether the value follows without a blank; otherwise it is the next word (or attached as well, for one-letter flags of some).</param>
/// <param name="UserBefore">Whether the value is <c>user:password</c>, of which the user stays.</param>
internal sealed record CommandFlag(string Program, string Flag, bool Attached, bool UserBefore = false);

using ChatOps.Checks;

namespace ChatOps.Console.Incidents;

/// <summary>What the page of one incident shows.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Entries">Its timeline, oldest first.</param>
/// <param name="Cut">Whether the record holds more.</param>
/// <param name="Conversation">The conversation in which it is worked on, when this person has it in the console.</param>
/// <param name="MayNote">Whether this person may mark something for it.</param>
/// <param name="MayResolve">Whether this person may resolve it.</param>
public sealed record IncidentView(Incident Incident, IReadOnlyList<IncidentEntry> Entries, bool Cut, string? Conversation, bool MayNote, bool MayResolve);

namespace ChatOps.Messages;

/// <summary>Marks a message that every gateway must hear, because each may hold in its memory what it is about; others are for whichever gateway comes first.</summary>
#pragma warning disable CA1040 // The bus reads it from the type, before there is a message.
public interface IBroadcast;
#pragma warning restore CA1040

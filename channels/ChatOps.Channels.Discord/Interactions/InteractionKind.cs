namespace ChatOps.Channels.Discord;

/// <summary>Discord's interaction types and answers.</summary>
internal static class InteractionKind
{
    public const int Ping = 1;
    public const int Command = 2;
    public const int Component = 3;
    public const int Autocomplete = 4;
    public const int Modal = 5;

    public const int Pong = 1;
    public const int Message = 4;
    public const int Deferred = 5;
    public const int DeferredUpdate = 6;
    public const int Update = 7;
    public const int Choices = 8;
    public const int ShowModal = 9;
}

namespace ChatOps.Channels.Discord;

/// <summary>Discord's component types.</summary>
internal static class ComponentType
{
    public const int Row = 1;
    public const int Button = 2;
    public const int TextInput = 4;
    public const int Text = 10;
    public const int Gallery = 12;
    public const int File = 13;
    public const int Container = 17;
    public const int Label = 18;
}

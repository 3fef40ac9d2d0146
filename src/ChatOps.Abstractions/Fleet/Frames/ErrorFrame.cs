namespace ChatOps.Fleet.Frames;

/// <summary>Either way: a message could not be understood. The connection goes on.</summary>
/// <param name="About">Its type, cut short.</param>
/// <param name="Message">For people.</param>
public sealed record ErrorFrame(string About, string Message) : Frame;

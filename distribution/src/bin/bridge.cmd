@echo off
rem Runs a command of Consent Bridge; bridge --help lists them. Needs Java 17 or newer: the one in JAVA_HOME, else on the PATH.
rem BRIDGE_JAVA_OPTS replaces the default JVM options.
setlocal
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
where /q java
if errorlevel 1 if not defined JAVA_HOME (
  echo bridge: Java was not found: install Java 17 or newer, or set JAVA_HOME 1>&2
  exit /b 2
)
if not defined BRIDGE_JAVA_OPTS set "BRIDGE_JAVA_OPTS=-Xmx96m -XX:+ExitOnOutOfMemoryError -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:MaxMetaspaceSize=96m"
if "%~1"=="demo" goto demo
"%JAVA%" %BRIDGE_JAVA_OPTS% -jar "%~dp0..\lib\bridge.jar" %*
exit /b

rem The demo is a program of its own, with the simulated systems in it. Its options are few and hold no spaces.
:demo
set "OPTIONS="
:next
shift
if "%~1"=="" goto play
set "OPTIONS=%OPTIONS% %1"
goto next
:play
"%JAVA%" %BRIDGE_JAVA_OPTS% -jar "%~dp0..\lib\demo.jar" %OPTIONS%
exit /b
